import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const server = 'http://127.0.0.1:5678';
const proxied = ['/api', '/webhook', '/webhook-test', '/webhook-waiting', '/form', '/form-test'];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue()],
  // Workspace packages export their .ts sources: they are compiled here, not pre-bundled.
  optimizeDeps: { exclude: ['@millrace/api', '@millrace/workflow'] },
  server: {
    host: '127.0.0.1',
    proxy: {
      // The server compares Origin with Host: neither may change on the way.
      ...Object.fromEntries(proxied.map((path) => [path, { target: server, changeOrigin: false }])),
      '/push': { target: server, changeOrigin: false, ws: true },
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2024',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    // A strict content policy forbids data: fonts and scripts.
    assetsInlineLimit: 0,
  },
});
