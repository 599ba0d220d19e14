export { createMemoryStorage, type MemoryStorage } from './memory-storage.ts';
export { packageRoutesPlugin } from './package-routes.plugin.ts';
export { packagesPlugin } from './packages.plugin.ts';
export {
  createPackageServices,
  type PackageServices,
  type PackageServicesOptions,
} from './package-services.ts';
export { openPackageTables, projectOf, type PackageTables } from './package-tables.ts';
export { workflowStorage } from './workflow-storage.ts';
