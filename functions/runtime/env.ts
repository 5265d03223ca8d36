import type * as z from 'zod';

/**
 * The function's environment, checked once at cold start, so that a missing setting fails the deployment and not a
 * mission. Throws an error that names the variable.
 */
export function readEnv<T extends z.ZodType>(schema: T): z.infer<T> {
  const read = schema.safeParse(process.env);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new Error(`environment: ${issue?.path.join('.')}: ${issue?.message}`);
}
