import type { DocumentKind, ViewModels } from './view-models.ts';

/**
 * Port: makes the PDF (A4) of a view model. The same kind and view model always give the same bytes. Rejects with
 * DomainError STATEMENT_DOES_NOT_FOOT when a section's figures do not add up, MONEY_FORMAT, DATE_FORMAT or
 * PERIOD_FORMAT when a value cannot be printed. Implemented for Node in `templates/render.ts`.
 */
export type Renderer = <K extends DocumentKind>(kind: K, view: ViewModels[K]) => Promise<Uint8Array>;
