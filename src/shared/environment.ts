/**
 * An environment variable; undefined if it is not set, where there are none, and where it may not be read: Deno throws
 * without the permission, and no variable of this package is needed.
 */
export function readEnvironment(name: string): string | undefined {
  try {
    return (globalThis as {process?: {env?: Record<string, string | undefined>}}).process?.env?.[name];
  } catch {
    return undefined;
  }
}
