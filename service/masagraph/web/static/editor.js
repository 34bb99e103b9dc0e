// Colours behind the text of an editor, and links that lead to a place in it. Own, and small:
// the text is a plain textarea, so that keys, undo, search and readers of the screen work as ever.
"use strict";
const TOKEN = new RegExp([
  /(?<iri><[^<>"{}|^`\\\s]*>)/,
  /(?<text>"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)/,
  /(?<aside>#[^\n]*)/,
  /(?<variable>[?$]\w+)/,
  /(?<name>[\w.-]*:[\w.%\/-]*)/,
  /(?<word>@?\b[A-Za-z]+\b)/,
].map((part) => part.source).join("|"), "g");
const LONGEST = 30000; // letters: beyond, colours would come late behind the typing

function colour(area, shown) {
  const text = area.value;
  const lit = text.length <= LONGEST;
  area.parentNode.classList.toggle("lit", lit);
  if (!lit) return;
  const parts = [];
  let done = 0;
  for (const found of text.matchAll(TOKEN)) {
    const [kind] = Object.entries(found.groups).find(([, value]) => value !== undefined);
    const part = document.createElement("span");
    part.className = `t-${kind}`;
    part.textContent = found[0];
    parts.push(text.slice(done, found.index), part);
    done = found.index + found[0].length;
  }
  shown.replaceChildren(...parts, text.slice(done));
}

for (const area of document.querySelectorAll(".editor textarea")) {
  const back = document.createElement("pre");
  const shown = document.createElement("code");
  back.setAttribute("aria-hidden", "true");
  back.append(shown);
  area.before(back);
  const follow = () => {
    shown.style.transform = `translate(${-area.scrollLeft}px, ${-area.scrollTop}px)`;
  };
  area.addEventListener("input", () => { colour(area, shown); follow(); });
  area.addEventListener("scroll", follow);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) area.form.requestSubmit();
  });
  colour(area, shown);
  follow();
}

// A column counts letters, of which some take two places in a string of this language.
function select(area, line, column) {
  const lines = area.value.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const here = Array.from(lines[line - 1] ?? "");
  const start = before + (column ? here.slice(0, column - 1).join("").length : 0);
  const end = column ? start + (here[column - 1] ?? "").length : before + here.join("").length;
  area.setSelectionRange(start, end);
  area.scrollTop = (line - 4) * parseFloat(getComputedStyle(area).lineHeight);
}

for (const link of document.querySelectorAll("a[data-line]")) {
  const area = document.querySelector(link.getAttribute("href"));
  const go = () => select(area, Number(link.dataset.line), Number(link.dataset.column));
  link.addEventListener("click", (event) => { event.preventDefault(); area.focus(); go(); });
}
const first = document.querySelector("a[data-line]");
if (first) select(document.querySelector(first.getAttribute("href")), Number(first.dataset.line), Number(first.dataset.column));
