/** An Atom feed with these entries. */
export const atom = (entries: string, head = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss">
    <title>Alerts</title><updated>2024-05-01T10:00:00Z</updated>${head}${entries}</feed>`;

/** The same, declaring the namespace of CAP. */
export const capAtom = (entries: string, head = '') =>
  atom(entries, head).replace('<feed ', '<feed xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2" ');

/** An RSS 2.0 feed with these items. */
export const rss = (items: string) =>
  `<rss version="2.0"><channel><title>Alerts</title><link>https://alerts.example.org/</link>${items}</channel></rss>`;

/** An entry with these links. */
export const entry = (links: string, id = 'urn:1') =>
  `<entry><id>${id}</id><title>Flood</title>${links}</entry>`;
/** A link, to CAP unless its attributes say otherwise. */
export const linked = (href: string, more = 'type="application/cap+xml"') => `<link ${more} href="${href}"/>`;

/** A whole CAP message. */
export const message = (identifier: string) =>
  `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${identifier}</identifier>
    <sender>met@example.org</sender><sent>2024-05-01T09:00:00Z</sent><status>Actual</status>
    <msgType>Alert</msgType><scope>Public</scope><info><category>Met</category><event>Flood Warning</event>
    <urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
    <area><areaDesc>Valley</areaDesc></area></info></alert>`;

/** What an index repeats of a message, and more. */
export const fields = (more = '', event = 'Flood Warning') =>
  `<cap:event>${event}</cap:event><cap:effective>2024-05-01T09:00:00-05:00</cap:effective>
   <cap:expires>2024-05-02T09:00:00-05:00</cap:expires><cap:status>Actual</cap:status>
   <cap:msgType>Alert</cap:msgType><cap:category>Met</cap:category><cap:urgency>Immediate</cap:urgency>
   <cap:severity>Severe</cap:severity><cap:certainty>Observed</cap:certainty>
   <cap:areaDesc>Polk; Warren</cap:areaDesc><cap:polygon>41.5,-93.7 41.6,-93.7 41.6,-93.6 41.5,-93.7</cap:polygon>
   <cap:geocode><valueName>FIPS6</valueName><value>019153 019181</value>
   <valueName>UGC</valueName><value>IAC153</value></cap:geocode>${more}`;

/** An entry as the National Weather Service writes it. */
export const weatherService = (identifier: string, content: string) =>
  `<entry><id>https://api.weather.gov/alerts/${identifier}</id>
    <link rel="alternate" href="https://api.weather.gov/alerts/${identifier}"/>
    <updated>2024-05-01T09:00:00-05:00</updated><published>2024-05-01T09:00:00-05:00</published>
    <author><name>w-nws.webmaster@noaa.gov</name></author>
    <title>Flood Warning issued May 1 at 9:00AM CDT</title>${content}</entry>`;

/** An identifier of the National Weather Service. */
export const oid = 'urn:oid:2.49.0.1.840.0.0123456789abcdef.001.1';
