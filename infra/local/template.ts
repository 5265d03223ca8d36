/** A CloudFormation template as the CDK synthesises it; only what the reader looks at. */
export interface Template {
  Resources?: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
  Parameters?: Record<string, { Type: string; Default?: unknown }>;
}

interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
}

/** Where the template pretends to run. */
export interface Place {
  region: string;
  account: string;
}

/** A stack that uses what the local reader does not know; names the stack and the intrinsic. */
export class TemplateRefused extends Error {
  override name = 'TemplateRefused';
}

/** One stack's template with its intrinsics replaced by names and ARNs. */
export interface StackReader {
  stackName: string;
  /** Every resource of a type, with its logical id; properties are still raw. */
  ofType(type: string): { logicalId: string; properties: Record<string, unknown> }[];
  resolve(value: unknown): unknown;
  /** What `Ref` gives for a resource. */
  ref(logicalId: string): string;
  arn(logicalId: string): string;
  /** The name that the resource would have. */
  nameOf(logicalId: string): string;
}

type Lookup = { properties: Record<string, unknown>; name: string; place: Place };

/** The property that holds a resource's own name, what `Ref` gives, and its ARN after `arn:aws:`. */
const kinds: Record<string, { name: string; ref: 'name' | 'arn'; arn(of: Lookup): string }> = {
  'AWS::DynamoDB::Table': table(),
  'AWS::DynamoDB::GlobalTable': table(),
  'AWS::Lambda::Function': {
    name: 'FunctionName',
    ref: 'name',
    arn: ({ name, place }) => `lambda:${place.region}:${place.account}:function:${name}`,
  },
  'AWS::StepFunctions::StateMachine': {
    name: 'StateMachineName',
    ref: 'arn',
    arn: ({ name, place }) => `states:${place.region}:${place.account}:stateMachine:${name}`,
  },
  'AWS::SNS::Topic': {
    name: 'TopicName',
    ref: 'arn',
    arn: ({ name, place }) => `sns:${place.region}:${place.account}:${name}`,
  },
  'AWS::SQS::Queue': {
    name: 'QueueName',
    ref: 'name',
    arn: ({ name, place }) => `sqs:${place.region}:${place.account}:${name}`,
  },
  'AWS::S3::Bucket': { name: 'BucketName', ref: 'name', arn: ({ name }) => `s3:::${name}` },
  'AWS::SecretsManager::Secret': {
    name: 'Name',
    ref: 'arn',
    arn: ({ name, place }) => `secretsmanager:${place.region}:${place.account}:secret:${name}`,
  },
  'AWS::KMS::Key': {
    name: 'KeyId',
    ref: 'name',
    arn: ({ name, place }) => `kms:${place.region}:${place.account}:key/${name}`,
  },
  'AWS::IAM::Role': {
    name: 'RoleName',
    ref: 'name',
    arn: ({ name, place }) => `iam::${place.account}:role/${name}`,
  },
  'AWS::Logs::LogGroup': {
    name: 'LogGroupName',
    ref: 'name',
    arn: ({ name, place }) => `logs:${place.region}:${place.account}:log-group:${name}:*`,
  },
  'AWS::Scheduler::ScheduleGroup': {
    name: 'Name',
    ref: 'name',
    arn: ({ name, place }) => `scheduler:${place.region}:${place.account}:schedule-group/${name}`,
  },
  'AWS::Cognito::UserPool': {
    name: 'UserPoolId',
    ref: 'name',
    arn: ({ name, place }) => `cognito-idp:${place.region}:${place.account}:userpool/${name}`,
  },
};

function table() {
  return {
    name: 'TableName',
    ref: 'name' as const,
    arn: ({ name, place }: Lookup) => `dynamodb:${place.region}:${place.account}:table/${name}`,
  };
}

const dropped = Symbol('AWS::NoValue');

/**
 * Reads the templates of one app together, so that an import finds its export. An intrinsic or attribute that is not
 * known throws {@link TemplateRefused} with its name when it is first needed.
 */
export function readTemplates(
  templates: Record<string, Template>,
  place: Place,
): Record<string, StackReader> {
  const readers: Record<string, StackReader> = {};
  const exported = (name: string): unknown => {
    for (const [stackName, template] of Object.entries(templates)) {
      for (const output of Object.values(template.Outputs ?? {})) {
        if (output.Export && readers[stackName]!.resolve(output.Export.Name) === name) {
          return readers[stackName]!.resolve(output.Value);
        }
      }
    }
    throw new TemplateRefused(`Fn::ImportValue: no stack exports '${name}'`);
  };
  for (const [stackName, template] of Object.entries(templates)) {
    readers[stackName] = readStack(stackName, template, place, exported);
  }
  return readers;
}

function readStack(
  stackName: string,
  template: Template,
  place: Place,
  exported: (name: string) => unknown,
): StackReader {
  const refuse = (what: string): never => {
    throw new TemplateRefused(`${stackName}: ${what} is not supported by the local reader of templates`);
  };

  const pseudo: Record<string, unknown> = {
    'AWS::Region': place.region,
    'AWS::AccountId': place.account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${place.region}:${place.account}:stack/${stackName}/local`,
    'AWS::NoValue': dropped,
  };

  const resource = (logicalId: string): Resource =>
    template.Resources?.[logicalId] ?? refuse(`'${logicalId}' (no such resource)`);

  function nameOf(logicalId: string): string {
    const { Type, Properties } = resource(logicalId);
    const own = Properties?.[kinds[Type]?.name ?? ''];
    return own === undefined ? `${stackName}-${logicalId}` : String(resolve(own));
  }

  function arn(logicalId: string): string {
    const { Type, Properties } = resource(logicalId);
    const kind = kinds[Type] ?? refuse(`the ARN of ${Type} (${logicalId})`);
    return `arn:aws:${kind.arn({ properties: Properties ?? {}, name: nameOf(logicalId), place })}`;
  }

  function ref(logicalId: string): string {
    const { Type } = resource(logicalId);
    return kinds[Type]?.ref === 'arn' ? arn(logicalId) : nameOf(logicalId);
  }

  function reference(name: string): unknown {
    if (name in pseudo) return pseudo[name];
    if (name.startsWith('AWS::')) return refuse(`Ref ${name}`);
    const parameter = template.Parameters?.[name];
    if (parameter) return parameter.Default ?? refuse(`Ref ${name} (a parameter without default)`);
    return ref(name);
  }

  function attribute(logicalId: string, name: string): unknown {
    const { Type } = resource(logicalId);
    if (name === 'Arn' || name === 'TopicArn' || name === 'StateMachineArn') return arn(logicalId);
    if (name === 'Name' || name === 'QueueName' || name === 'TopicName') return nameOf(logicalId);
    if (Type === 'AWS::Cognito::UserPool' && name === 'ProviderURL') {
      return `https://cognito-idp.${place.region}.amazonaws.com/${nameOf(logicalId)}`;
    }
    if (Type === 'AWS::ApiGatewayV2::Api' && name === 'ApiEndpoint') return `https://${nameOf(logicalId)}`;
    if (Type === 'AWS::CloudFront::Distribution' && name === 'DomainName') return nameOf(logicalId);
    return refuse(`Fn::GetAtt ${logicalId}.${name} of ${Type}`);
  }

  function substitute(text: string, own: Record<string, unknown>): string {
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, inside: string) => {
      if (literal) return `\${${inside}}`;
      if (inside in own) return String(resolve(own[inside]));
      const dot = inside.indexOf('.');
      return String(dot < 0 ? reference(inside) : attribute(inside.slice(0, dot), inside.slice(dot + 1)));
    });
  }

  const intrinsics: Record<string, (argument: unknown) => unknown> = {
    Ref: name => reference(String(name)),
    'Fn::GetAtt': argument => {
      const [logicalId, name] = Array.isArray(argument) ? argument : String(argument).split(/\.(.*)/s);
      return attribute(String(logicalId), String(resolve(name)));
    },
    'Fn::Join': argument => {
      const [separator, parts] = argument as [string, unknown];
      return (resolve(parts) as unknown[]).map(String).join(separator);
    },
    'Fn::Sub': argument =>
      Array.isArray(argument) ? substitute(argument[0], argument[1]) : substitute(String(argument), {}),
    'Fn::Select': argument => {
      const [index, list] = resolve(argument) as [number | string, unknown[]];
      return list[Number(index)];
    },
    'Fn::Split': argument => {
      const [separator, text] = resolve(argument) as [string, string];
      return text.split(separator);
    },
    'Fn::ImportValue': name => exported(String(resolve(name))),
    'Fn::Base64': text => Buffer.from(String(resolve(text))).toString('base64'),
    'Fn::ToJsonString': value => JSON.stringify(resolve(value)),
  };

  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve).filter(item => item !== dropped);
    if (value === null || typeof value !== 'object') return value;
    const keys = Object.keys(value);
    const [only] = keys;
    if (keys.length === 1 && only !== undefined && (only === 'Ref' || only.startsWith('Fn::'))) {
      const intrinsic = intrinsics[only] ?? refuse(only);
      return intrinsic((value as Record<string, unknown>)[only]);
    }
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, inner]) => [key, resolve(inner)] as const)
        .filter(([, inner]) => inner !== dropped),
    );
  }

  return {
    stackName,
    ofType: type =>
      Object.entries(template.Resources ?? {})
        .filter(([, { Type }]) => Type === type)
        .map(([logicalId, { Properties }]) => ({ logicalId, properties: Properties ?? {} })),
    resolve,
    ref,
    arn,
    nameOf,
  };
}

/** The definition with its `${Names}` replaced. A name without value, or a value without name, throws with its name. */
export function fillDefinition(machine: string, text: string, values: Record<string, string>): string {
  const used = new Set<string>();
  const filled = text.replace(/\$\{([A-Za-z0-9_]+)\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new TemplateRefused(`${machine}: nothing is given for \${${name}}`);
    used.add(name);
    return value;
  });
  const unused = Object.keys(values).filter(name => !used.has(name));
  if (unused.length > 0) throw new TemplateRefused(`${machine}: given but not used: ${unused.join(', ')}`);
  return filled;
}
