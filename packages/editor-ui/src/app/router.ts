import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { useAuthStore } from '../features/auth/index.ts';
import { marketingRoutes } from '../features/marketing/index.ts';
import { settingsRoute } from './settings-route.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Seen without a session, and without the shell around it. */
    isPublic?: boolean;
    /** The page owns its whole area: no scrolling or padding from the shell. */
    isWide?: boolean;
  }
}

const routes: readonly RouteRecordRaw[] = [
  { path: '/', redirect: { name: 'workflows' } },
  {
    path: '/setup',
    name: 'setup',
    meta: { isPublic: true },
    component: () => import('../features/auth/SetupPage.vue'),
  },
  {
    path: '/sign-in',
    name: 'sign-in',
    meta: { isPublic: true },
    component: () => import('../features/auth/SignInPage.vue'),
  },
  {
    path: '/workflows',
    name: 'workflows',
    component: () => import('../features/workflows/WorkflowListPage.vue'),
  },
  {
    path: '/workflows/:id',
    name: 'workflow',
    meta: { isWide: true },
    props: true,
    component: () => import('./WorkflowEditorPage.vue'),
  },
  {
    path: '/executions',
    name: 'executions',
    component: () => import('../features/executions/ExecutionListPage.vue'),
  },
  {
    path: '/executions/:id',
    name: 'execution',
    meta: { isWide: true },
    props: true,
    component: () => import('../features/executions/ExecutionPage.vue'),
  },
  {
    path: '/credentials',
    name: 'credentials',
    component: () => import('../features/credentials/CredentialListPage.vue'),
  },
  {
    path: '/templates',
    name: 'templates',
    component: () => import('../features/templates/TemplateListPage.vue'),
  },
  {
    path: '/templates/:id',
    name: 'template',
    meta: { isWide: true },
    props: true,
    component: () => import('../features/templates/TemplatePage.vue'),
  },
  {
    path: '/data-tables',
    name: 'data-tables',
    component: () => import('../features/data-tables/DataTableListPage.vue'),
  },
  {
    path: '/data-tables/:id',
    name: 'data-table',
    meta: { isWide: true },
    props: true,
    component: () => import('../features/data-tables/DataTablePage.vue'),
  },
  {
    path: '/variables',
    name: 'variables',
    component: () => import('../features/variables/VariableListPage.vue'),
  },
  ...marketingRoutes,
  settingsRoute,
  { path: '/:path(.*)*', name: 'not-found', component: () => import('./NotFoundPage.vue') },
];

/** The pages, and the way to sign in or to make the owner first. */
export function createEditorRouter() {
  const router = createRouter({ history: createWebHistory(), routes });

  router.beforeEach(async (to) => {
    const state = await useAuthStore().load();
    if (state === 'needs-owner') return to.name === 'setup' || { name: 'setup' };
    if (state === 'signed-in') return to.meta.isPublic ? { name: 'workflows' } : true;
    if (to.name === 'sign-in') return true;
    return { name: 'sign-in', query: to.path === '/' ? {} : { next: to.fullPath } };
  });

  return router;
}
