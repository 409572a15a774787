export function tuningConstants(): Map<string, string>;
export function buildVariant(
  values: Record<string, string>,
  options?: {optimize?: boolean; use?: string},
): Promise<{file: string; remove(): void}>;
