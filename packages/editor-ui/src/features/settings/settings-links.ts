import {
  BrainCircuit,
  Cpu,
  HardDrive,
  KeyRound,
  Package,
  ScrollText,
  Tags,
  UserRound,
  Users,
} from '@lucide/vue';

/** The pages of the settings. `scope` is what a person needs to see one; without it everybody does. */
export const settingsLinks = [
  { name: 'settings-account', group: 'own', icon: UserRound, scope: undefined },
  { name: 'settings-api-keys', group: 'own', icon: KeyRound, scope: undefined },
  { name: 'settings-tags', group: 'shared', icon: Tags, scope: 'tag:list' },
  { name: 'settings-llm', group: 'shared', icon: BrainCircuit, scope: 'llm:read' },
  { name: 'settings-members', group: 'server', icon: Users, scope: 'user:update' },
  { name: 'settings-storage', group: 'server', icon: HardDrive, scope: 'setting:read' },
  { name: 'settings-workers', group: 'server', icon: Cpu, scope: 'worker:list' },
  { name: 'settings-packages', group: 'server', icon: Package, scope: 'package:list' },
  { name: 'settings-audit', group: 'server', icon: ScrollText, scope: 'audit:list' },
] as const;
