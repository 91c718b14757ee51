import { z } from 'zod';
import { storePdf } from '../src/documents/service.ts';
import type { ViewModels } from '../src/documents/view-models.ts';
import { render } from '../templates/render.ts';
import type { Handler } from './worker.ts';

const zDocument = z.object({ id: z.uuid() });

/** Draws a document's PDF from its view model and keeps the bytes. */
export const renderDocument: Handler = (ctx, data) =>
  storePdf(ctx, zDocument.parse(data).id, (kind, view) => render(kind, view as ViewModels[typeof kind]));
