/** The floor of code nodes: a child process that does the work of the node on what it is sent. */
process.on('message', (text: string) => {
  const items: { n: number; name: string }[] = JSON.parse(text);
  const done = items.map(({ n, name }) => ({ n, name: name.toUpperCase(), double: n * 2 }));
  process.send?.(JSON.stringify(done));
});
