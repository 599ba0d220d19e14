import {
  Decoration,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from '@codemirror/view';

const matcher = new MatchDecorator({
  regexp: /\{\{.*?\}\}/g,
  decoration: Decoration.mark({ class: 'x-code' }),
});

/** Sets what is evaluated apart from what is plain text. */
export const highlightExpression = ViewPlugin.define(
  (view: EditorView) => {
    const plugin: { marks: DecorationSet; update: (update: ViewUpdate) => void } = {
      marks: matcher.createDeco(view),
      update: (update) => (plugin.marks = matcher.updateDeco(update, plugin.marks)),
    };
    return plugin;
  },
  { decorations: ({ marks }) => marks },
);
