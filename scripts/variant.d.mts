export function tuningConstants(): Map<string, string>;
export function buildVariant(
  values: Record<string, string>,
  options?: {optimize?: boolean},
): Promise<{file: string; remove(): void}>;
