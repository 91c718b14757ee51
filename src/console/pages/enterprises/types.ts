import type { InferResponseType } from 'hono/client';
import { TITLES } from '../../../parties/title.ts';
import type { api } from '../../api.ts';

export type Enterprise = InferResponseType<(typeof api)['enterprises']['$get'], 200>['items'][number];
export type Title = Enterprise['titles'][number];

/** 资质 as options of a select. */
export const TITLE_OPTIONS = Object.entries(TITLES).map(([value, label]) => ({ value, label }));
