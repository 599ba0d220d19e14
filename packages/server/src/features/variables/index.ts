export { variablesPlugin } from './variables.plugin.ts';
export { createVariableService, type VariableService } from './variables.service.ts';
