import type { ClauseCitation, ClauseVersion, Mark } from './clause.ts';
import type { PolicyDocument } from './policy.ts';

/** What every file of a policy folder needs: the policy's code, its document, and how its values are cited. */
export interface Folder {
  code: string;
  document: PolicyDocument;
  /** An article that was read in the document itself. */
  article(name: string): ClauseCitation;
  /** A figure whose article in the document was not seen: where it is taken from stays beside it. */
  unseen(mark: Mark, source: string): ClauseCitation;
  /** The value the document has had from its first day. */
  since<V>(value: V, citation: ClauseCitation): ClauseVersion<V>[];
}

/** `unseenArticle` stands where an article is not known, e.g. 条款待核. */
export function folderOf(code: string, document: PolicyDocument, unseenArticle: string): Folder {
  const { title, source, effectiveFrom } = document;
  return {
    code,
    document,
    article: (name) => ({ document: title, article: name, mark: 'F', confirmed: true, source }),
    unseen: (mark, from) => ({ document: title, article: unseenArticle, mark, confirmed: false, source: from }),
    since: (value, citation) => [{ effectiveFrom, value, citation }],
  };
}
