import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configOf, type Stage } from '../../infra/config.ts';
import { createReliefApp } from '../../infra/relief-app.ts';

// biome-ignore lint/suspicious/noExplicitAny: a template is free-form JSON, read by path in the tests.
export type Json = any;

export interface Resource {
  Type: string;
  Properties: Record<string, Json>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export interface Synthesised {
  data: Record<string, Resource>;
  relief: Record<string, Resource>;
  /** The source file of each function, by its name in Pascal case. */
  entries: Map<string, string>;
}

/** The templates of a stage, without bundling and without the validation that `npm run synth` does. */
export function synthesise(stage: Stage): Synthesised {
  const { app, data, relief } = createReliefApp(configOf(stage), {
    outdir: mkdtempSync(join(tmpdir(), 'relief-synth-')),
    context: { 'aws:cdk:bundling-stacks': [] },
    builtinCloudFormationValidation: false,
  });
  const assembly = app.synth();
  return {
    data: assembly.getStackArtifact(data.artifactId).template.Resources,
    relief: assembly.getStackArtifact(relief.artifactId).template.Resources,
    entries: new Map(relief.functions.all.map(each => [each.node.scope!.node.id, each.entry])),
  };
}

export const ofType = (resources: Record<string, Resource>, type: string): [string, Resource][] =>
  Object.entries(resources).filter(([, resource]) => resource.Type === type);

/** A value with its intrinsics as flat text: `<DeskApi.ApiEndpoint>`, `arn:<AWS::Partition>:sns:…`. */
export function flat(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (value.Ref) return `<${value.Ref}>`;
  if (value['Fn::GetAtt']) return `<${value['Fn::GetAtt'].join('.')}>`;
  if (value['Fn::ImportValue']) return `<${flat(value['Fn::ImportValue'])}>`;
  if (value['Fn::Join']) return value['Fn::Join'][1].map(flat).join(value['Fn::Join'][0]);
  throw new Error(`not flattened: ${JSON.stringify(value)}`);
}

const list = <T>(value: T | T[] | undefined): T[] => (value === undefined ? [] : ([value].flat() as T[]));

export interface Grant {
  /** The function that may, as its entry in Pascal case; another role by its logical id. */
  who: string;
  effect: string;
  action: string;
  /** Flat ARNs; those of a NotResource carry a leading "!". */
  resources: string[];
}

/** The entry of a function by its logical id: FunctionsPlanTeamFunction1A2B → PlanTeam. */
export const entryOf = (logicalId: string): string =>
  /^Functions(\w+?)(Function|Role|Log|DeadLetters)[0-9A-F]{8}$/.exec(logicalId)?.[1] ?? logicalId;

/** Each action of each policy in the template with who may do it to what. */
export function grantsOf(resources: Record<string, Resource>): Grant[] {
  return ofType(resources, 'AWS::IAM::Policy').flatMap(([, { Properties }]) =>
    list(Properties.Roles).flatMap((role: Json) =>
      list(Properties.PolicyDocument.Statement).flatMap((statement: Json) =>
        list<string>(statement.Action).map(action => ({
          who: entryOf(role.Ref),
          effect: statement.Effect,
          action,
          resources: [
            ...list(statement.Resource).map(flat),
            ...list(statement.NotResource).map(each => `!${flat(each)}`),
          ],
        })),
      ),
    ),
  );
}
