/** A table to look words of a feed up in: a plain object would also answer to "constructor" and "__proto__", with what it inherits. */
export const tableOf = <T>(entries: Readonly<Record<string, T>>): ReadonlyMap<string, T> =>
  new Map(Object.entries(entries));
