import type { RouteRecordRaw } from 'vue-router';

/** The settings: a list at the side, and one page of it. */
export const settingsRoute: RouteRecordRaw = {
  path: '/settings',
  name: 'settings',
  redirect: { name: 'settings-account' },
  component: () => import('../features/settings/SettingsLayout.vue'),
  children: [
    {
      path: 'account',
      name: 'settings-account',
      component: () => import('../features/settings/AccountPage.vue'),
    },
    {
      path: 'api-keys',
      name: 'settings-api-keys',
      component: () => import('../features/settings/ApiKeyListPage.vue'),
    },
    {
      path: 'tags',
      name: 'settings-tags',
      component: () => import('../features/tags/TagListPage.vue'),
    },
    {
      path: 'language-models',
      name: 'settings-llm',
      component: () => import('../features/llm/LlmPage.vue'),
    },
    {
      path: 'members',
      name: 'settings-members',
      component: () => import('../features/members/MemberListPage.vue'),
    },
    {
      path: 'storage',
      name: 'settings-storage',
      component: () => import('../features/storage/StoragePage.vue'),
    },
    {
      path: 'workers',
      name: 'settings-workers',
      component: () => import('../features/workers/WorkerListPage.vue'),
    },
    {
      path: 'packages',
      name: 'settings-packages',
      component: () => import('../features/packages/PackageListPage.vue'),
    },
    {
      path: 'audit',
      name: 'settings-audit',
      component: () => import('../features/audit/AuditPage.vue'),
    },
  ],
};
