import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';

/** The schemes and batches that are open to the enterprise today. */
export const useOffers = () => useAsk(['subsidy-offers'], () => ask(api['subsidy-offers'].$get()));
