/** Whether a value that came from outside has the shape that its type says. A guard that is told a type checks every field of it. */
export type Guard<T> = (value: unknown) => value is T;

export const isText: Guard<string> = (value) => typeof value === "string";
export const isNumber: Guard<number> = (value) => typeof value === "number";
export const isFlag: Guard<boolean> = (value) => typeof value === "boolean";
export const isAnything: Guard<unknown> = (value): value is unknown => value !== undefined;

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

export function oneOf<T extends string | number>(...values: readonly T[]): Guard<T> {
  return (value): value is T => values.some((each) => each === value);
}

export function orNull<T>(is: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || is(value);
}

export function listOf<T>(is: Guard<T>): Guard<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(is);
}

export function recordOf<T>(is: Guard<T>): Guard<Record<string, T>> {
  return (value): value is Record<string, T> => isObject(value) && Object.values(value).every(is);
}

/** Fields that are not named may stand there too. */
export function shape<T extends object>(fields: { readonly [K in keyof T]: Guard<T[K]> }): Guard<T> {
  const checks: [string, Guard<unknown>][] = Object.entries(fields);
  return (value): value is T => isObject(value) && checks.every(([name, is]) => is(Reflect.get(value, name)));
}

/** What has the shape of both. */
export function both<T, U>(one: Guard<T>, other: Guard<U>): Guard<T & U> {
  return (value): value is T & U => one(value) && other(value);
}
