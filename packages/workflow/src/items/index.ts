export type {
  Batch,
  BinaryData,
  ErrorData,
  Item,
  ItemOrigin,
  JsonObject,
  JsonValue,
  Outputs,
  PairedItem,
  RunSource,
} from './item.ts';
