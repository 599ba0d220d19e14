/** One column of a `DataTable`. Its cells come from the slot `cell-<key>`, else from the row's value. */
export interface TableColumn {
  readonly key: string;
  readonly label: string;
  /** A CSS grid track, such as `120px` or `minmax(0, 2fr)`; shares what is left when absent. */
  readonly width?: string;
  readonly align?: 'start' | 'end';
  /** The label is read out but not shown (a column of buttons). */
  readonly hideLabel?: boolean;
  /** Left out where there is little room, as on a phone. */
  readonly isMinor?: boolean;
}
