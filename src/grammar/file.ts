/** A grammar file's path (for messages) and its text. */
export interface GrammarFile {
  file: string;
  text: string;
}
