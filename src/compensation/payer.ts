/** Who paid for the pursuit of a debt: the pool, or a party by its code. */
export const POOL = 'pool';
