/** The value as the intake parses it: JSON objects have no prototype there, so that no key of a feed is an inherited one. */
export const prototypeFree = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.assign(Object.create(null), part)
      : part,
  );
