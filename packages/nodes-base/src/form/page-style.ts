/** The look of form pages: light and dark, narrow and wide. Authors change it by the variables. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--accent:#4338ca;--accent-text:#fff;--page:#f4f4f7;--card:#fff;--text:#1c1c28;--muted:#5b5b6b;--line:#8a8a9c;--error:#b3261e}
@media (prefers-color-scheme:dark){:root{--accent:#a5b4fc;--accent-text:#16162a;--page:#14141c;--card:#1f1f2a;--text:#ececf4;--muted:#b0b0c0;--line:#7c7c90;--error:#ffb4ab}}
*{box-sizing:border-box}
body{margin:0;padding:clamp(0px,4vw,48px) clamp(0px,3vw,24px);background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:36rem;margin:0 auto;padding:clamp(20px,5vw,40px);background:var(--card);border-radius:12px;overflow-wrap:anywhere}
h1{margin:0 0 8px;font-size:1.6rem;line-height:1.25}
.description{color:var(--muted);margin:0 0 24px;white-space:pre-line}
.test{margin:0 0 16px;padding:6px 12px;border-left:4px solid var(--accent);background:var(--page);font-size:.9rem}
.field,fieldset{margin:0 0 20px;padding:0;border:0;min-width:0}
label,legend{display:block;margin:0 0 6px;padding:0;font-weight:600}
.required{color:var(--error)}
input,select,textarea{width:100%;padding:10px 12px;border:1px solid var(--line);border-radius:8px;background:var(--card);color:var(--text);font:inherit}
input[type=checkbox],input[type=radio]{width:20px;height:20px;margin:0;flex:none;accent-color:var(--accent)}
.choice{display:flex;gap:10px;align-items:center;min-height:32px;font-weight:400}
::placeholder{color:var(--muted);opacity:1}
textarea{min-height:7rem;resize:vertical}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
[aria-invalid=true]{border-color:var(--error)}
.error{margin:6px 0 0;color:var(--error);font-size:.95rem}
.summary{margin:0 0 20px;padding:12px 16px;border:2px solid var(--error);border-radius:8px}
button{width:100%;min-height:46px;padding:10px 16px;border:0;border-radius:8px;background:var(--accent);color:var(--accent-text);font:inherit;font-weight:600;cursor:pointer}
img{max-width:100%;height:auto}
.made{margin:24px 0 0;text-align:center;color:var(--muted);font-size:.85rem}
`;
