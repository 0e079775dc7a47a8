import { isLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js';

// The page says in which language it was written; choosing anew in the browser could choose another.
const { lang } = document.documentElement;
if (isLocale(lang)) overwriteGetLocale(() => lang);
