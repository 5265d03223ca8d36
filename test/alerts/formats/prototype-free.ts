/** The value without prototypes, for readers that must not count on what objects inherit. */
export const prototypeFree = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.assign(Object.create(null), part)
      : part,
  );
