import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { createEditorI18n, preferredLocale, rememberLocale } from '../lib/i18n.ts';
import App from './App.vue';
import { messages } from './messages.ts';
import { createEditorRouter } from './router.ts';

const locale = preferredLocale();
rememberLocale(locale);

const app = createApp(App);
app.use(createPinia());
app.use(createEditorI18n(messages, locale));
app.use(createEditorRouter());
app.mount('#app');
