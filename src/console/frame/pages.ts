import type { ComponentType } from 'react';
import { PERMISSIONS, type Permission, type Role } from '../../access/roles.ts';
import type { Me } from '../session.ts';

/** The tasks of the menu, in its order. */
export const GROUPS = ['工作台', '备案与贷款', '资金与结算', '企业', '政策与机构', '系统'] as const;

export interface PageEntry {
  path: string;
  title: string;
  /** where the menu has it; pages reached from others have none */
  group?: (typeof GROUPS)[number];
  /** who may open it: by permission, as the API asks it … */
  needs?: Permission;
  /** … or by role, where several may read but it is the page of some; both must hold when both are given */
  roles?: readonly Role[];
  load(): Promise<{ default: ComponentType }>;
}

/** Every page of the console: one table for the router, the menu, and the test of who may open what. */
export const PAGES: PageEntry[] = [
  { path: '/', title: '首页', group: '工作台', load: () => import('../pages/home/HomePage.tsx') },
  { path: '/account', title: '我的账号', load: () => import('../pages/account/AccountPage.tsx') },
];

/** Whether the person may open a page. */
export function mayOpen({ role, permissions }: Pick<Me, 'role' | 'permissions'>, { needs, roles }: PageEntry): boolean {
  return (
    (!needs || (permissions as string[]).includes(needs)) && (!roles || (roles as readonly string[]).includes(role))
  );
}

/** The page at an address below /console, whoever asks. */
export function pageAt(path: string): PageEntry | undefined {
  return PAGES.find(({ path: pattern }) => new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}/?$`).test(path));
}

/** The permissions of a role without a narrower scope, as the table of roles has them. */
export const permissionsOf = (role: Role): Permission[] =>
  (Object.keys(PERMISSIONS) as Permission[]).filter((permission) =>
    (PERMISSIONS[permission].roles as readonly Role[]).includes(role),
  );
