import * as z from 'zod';

/** The way on which a body arrived, and for whom that way may speak. */
export const Channel = z.object({
  /** The id of a feed, or of a sender of the webhook. */
  channelId: z.string().min(1),
  /**
   * Sources whose word is believed on this way, as `Alert.source` has them ("USGS", "w-nws.webservices@noaa.gov"); "*" at
   * the start or the end stands for anything. A CAP sender is plain text that anyone can write: only its own feed proves it.
   */
  believes: z.array(z.string().min(1)),
});
export type Channel = z.infer<typeof Channel>;

/** Whether that source is believed on this way. */
export const believes = (channel: Channel, source: string): boolean => {
  const name = source.toLowerCase();
  return channel.believes.some(pattern => {
    const part = pattern.toLowerCase();
    if (part === '*') return true;
    if (part.startsWith('*')) return name.endsWith(part.slice(1));
    return part.endsWith('*') ? name.startsWith(part.slice(0, -1)) : name === part;
  });
};
