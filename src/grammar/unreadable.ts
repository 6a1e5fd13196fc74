/** What a decoder throws when a record that has the look of its format is none: it then counts as unparsed. */
export class UnreadableRecord extends Error {}
