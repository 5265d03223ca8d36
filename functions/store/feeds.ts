import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { FeedState, newFeedState } from '../alerts/feeds/feed-state.ts';
import { getItems, readItem } from './batches.ts';

const keyOf = (feedId: string) => ({ eventId: `feed/${feedId}`, record: 'feed' });

/** How the polls of the feeds went: an item each in the table Alerts, beside the events, in none of its indexes. */
export function createFeedStore(tables: DynamoDBDocumentClient, table: string) {
  /** The states of these feeds, in that order; a feed that was never polled has a new one. */
  const list = async (feedIds: readonly string[]): Promise<FeedState[]> => {
    const items = await getItems(tables, table, feedIds.map(keyOf));
    const known = new Map(items.map(item => [item.feedId, item]));
    return feedIds.map(feedId => {
      const item = known.get(feedId);
      return item ? readItem(FeedState, item, `${table} feed/${feedId}`) : newFeedState(feedId);
    });
  };

  return {
    list,
    read: async (feedId: string): Promise<FeedState> => (await list([feedId]))[0] as FeedState,
    /** Two polls at the same moment may overwrite each other: the next one asks for too much at worst. */
    save: (state: FeedState) =>
      tables.send(new PutCommand({ TableName: table, Item: { ...state, ...keyOf(state.feedId) } })),
  };
}
