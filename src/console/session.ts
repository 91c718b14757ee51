import type { InferResponseType } from 'hono/client';
import { createContext, use } from 'react';
import type { Permission } from '../access/roles.ts';
import type { api } from './api.ts';

/** Who is logged in, as /me answers it. */
export type Me = InferResponseType<typeof api.me.$get, 200>;

/** The logged-in person, for every page below the shell. */
export const MeContext = createContext<Me | null>(null);

/** Who is logged in. Only below the shell, where somebody always is. */
export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error('no session above this component');
  return me;
}

/** Whether the person may do something: the table of roles that the API itself asks. */
export const may = (me: Me, permission: Permission): boolean => (me.permissions as string[]).includes(permission);
