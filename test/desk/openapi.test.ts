import { describe, expect, it } from 'vitest';
import { EVENT_ACTIONS } from '../../functions/alerts/events/deciding.ts';
import { ACTIONS } from '../../functions/deployments/actions.ts';
import { describeApi } from '../../functions/desk/openapi.ts';
import { planExample } from '../../functions/desk/plan-example.ts';
import { PlanView } from '../../functions/desk/plan-view.ts';
import { readBlueprint } from '../../infra/local/blueprint.ts';

type Operation = {
  summary: string;
  security?: Record<string, unknown>[];
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, { description: string }>;
};
// What a program would read, not what the code has in hand.
const api = JSON.parse(JSON.stringify(describeApi())) as {
  openapi: string;
  info: { title: string; version: string };
  security: Record<string, unknown>[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
};
const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
const { routes } = await readBlueprint();
/** An action of the desk is a part of the address that the description writes out. */
const written = (route: { method: string; path: string }): string[] =>
  route.path.endsWith('/{action}')
    ? Object.keys(route.path.startsWith('/api/events') ? EVENT_ACTIONS : ACTIONS).map(
        action => `${route.method} ${route.path.replace('{action}', action)}`,
      )
    : [`${route.method} ${route.path}`];

describe('the description of the API', () => {
  it('is OpenAPI 3.1 with a title and a version', () => {
    expect(api.openapi).toMatch(/^3\.1\.\d$/);
    expect(api.info).toMatchObject({ title: expect.any(String), version: expect.stringMatching(/^\d/) });
  });

  it('describes every route of the app, and no other', () => {
    expect(operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(
      routes.flatMap(written).sort(),
    );
  });

  it('asks for a token where the gateway does', () => {
    const open = operations
      .filter(({ operation }) => operation.security?.some(each => !('bearer' in each)) ?? false)
      .map(({ path }) => path);
    const free = operations
      .filter(({ operation }) => operation.security?.length === 0)
      .map(({ path }) => path);
    const unauthorised = routes.filter(({ authorised }) => !authorised).map(({ path }) => path);
    expect([...open, ...free].sort()).toEqual(unauthorised.sort());
    expect(open).toEqual(['/api/alerts']);
    expect(api.security).toEqual([{ bearer: [] }]);
  });

  it.each(operations.map(each => [`${each.method} ${each.path}`, each] as const))(
    '%s has all that 3.1 asks for',
    (_name, { path, method, operation }) => {
      expect(operation.summary).toMatch(/\S/);
      expect(Object.keys(operation.responses).length).toBeGreaterThan(0);
      for (const [status, response] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^([1-5]\d\d|[1-5]XX|default)$/);
        expect(response.description).toMatch(/\S/);
      }
      const inPath = (operation.parameters ?? []).filter(each => each.in === 'path');
      expect(inPath.map(({ name }) => `{${name}}`).sort()).toEqual((path.match(/\{\w+\}/g) ?? []).sort());
      expect(inPath.every(({ required }) => required)).toBe(true);
      if (method === 'post') expect(Object.keys(operation.requestBody?.content ?? {})).not.toEqual([]);
      else expect(operation.requestBody).toBeUndefined();
    },
  );

  it('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(api).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref!);
    expect(references.length).toBeGreaterThan(3);
    for (const ref of new Set(references)) {
      const found = ref
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], api);
      expect(found, ref).toBeDefined();
    }
    for (const { operation } of operations)
      for (const scheme of (operation.security ?? api.security).flatMap(Object.keys))
        expect(Object.keys(api.components.securitySchemes)).toContain(scheme);
  });

  it('shows a plan as the API answers one', () => {
    expect(PlanView.parse(planExample)).toEqual(planExample);
    const shown = JSON.stringify(api.paths['/api/deployments/{id}/plan']);
    expect(shown).toContain(`"example":${JSON.stringify(planExample)}`);
  });

  it('shows nothing of an offer’s credentials or of a waiting workflow', () => {
    expect(JSON.stringify(api)).not.toMatch(/memberKey|employerKey|taskToken|phoneNumber/);
  });
});
