import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** An index by text attributes. An item is in it only while it carries them (sparse). */
interface ReliefIndex {
  name: string;
  partition: string;
  sort?: string;
  /** False: the index carries keys only, and the reader fetches the item. */
  all: boolean;
}

export interface ReliefTableProps {
  partition: string;
  sort?: string;
  indexes?: ReliefIndex[];
  key: IKey;
  /** Outlives its stack and refuses deletion. */
  retain: boolean;
}

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });

/** A table as this house keeps them: on demand, point-in-time recovery, own key. */
export class ReliefTable extends Table {
  readonly indexNames: string[];
  readonly key: IKey;

  constructor(scope: Construct, id: string, props: ReliefTableProps) {
    super(scope, id, {
      partitionKey: text(props.partition),
      ...(props.sort && { sortKey: text(props.sort) }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.key,
      deletionProtection: props.retain,
      removalPolicy: props.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.key = props.key;
    this.indexNames = (props.indexes ?? []).map(index => index.name);
    for (const { name, partition, sort, all } of props.indexes ?? [])
      this.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: text(partition),
        ...(sort && { sortKey: text(sort) }),
        projectionType: all ? ProjectionType.ALL : ProjectionType.KEYS_ONLY,
      });
  }

  /** The table and each of its indexes, by name: no wildcard. */
  get resourceArns(): string[] {
    return [this.tableArn, ...this.indexNames.map(name => `${this.tableArn}/index/${name}`)];
  }
}
