// The status page: asks for the figures every second, and follows the changes as they happen.
// The token stays in this tab: it comes in the part of the link that browsers never send.
"use strict";

const CHANGES_MOST = 60;
const POLL_MS = 1000;
const $ = (id) => document.getElementById(id);
const count = (n) => n.toLocaleString("en-US");

let token = sessionStorage.getItem("token");
let following = false;

function takeTokenFromLink() {
  const match = location.hash.match(/token=([^&]+)/);
  if (!match) return;
  token = decodeURIComponent(match[1]);
  sessionStorage.setItem("token", token);
  history.replaceState(null, "", location.pathname);
}

function ask(path) {
  return fetch(path, { headers: { Authorization: "Bearer " + token }, cache: "no-store" });
}

function state(kind, text) {
  $("state").className = kind;
  $("state").textContent = text;
}

function askForToken() {
  token = null;
  sessionStorage.removeItem("token");
  $("figures").hidden = true;
  $("sign-in").hidden = false;
  state("", "not signed in");
}

function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function millis(ms) {
  if (ms < 0) return "–";
  if (ms < 1000) return ms + " ms";
  return ms < 120000 ? (ms / 1000).toFixed(1) + " s" : Math.floor(ms / 60000) + " min";
}

function figure(row, value, kind) {
  row.append(element("td", value === 0 ? "zero" : kind, count(value)));
}

function platformRow(one) {
  const row = element("tr");
  const name = element("td", "", one.name + " ");
  name.append(element("small", "", one.type));
  row.append(name);
  const kinds = { running: "good", idle: "", reading: "busy", paused: "busy", down: "bad", retired: "" };
  const reading = one.state === "reading" && one.expected > 0 ? ` ${Math.min(100, Math.floor(100 * one.records / one.expected))} %` : "";
  row.append(element("td", kinds[one.state] ?? "", one.state + reading));
  figure(row, one.records, "");
  figure(row, one.in_sync, one.in_sync === one.records ? "good" : "");
  figure(row, one.pending, "busy");
  figure(row, one.failed, "bad");
  figure(row, one.contested, "bad");
  row.append(element("td", "", millis(one.lag_ms)));
  return row;
}

function show(status) {
  $("sign-in").hidden = true;
  $("figures").hidden = false;
  $("customers").textContent = count(status.customers);
  $("consistency").textContent = (Math.floor(status.consistency * 10000) / 100).toFixed(2) + " %";
  const left = status.platforms.reduce((sum, one) => sum + one.pending, 0);
  $("left").textContent = count(left);
  $("platforms").replaceChildren(...status.platforms.map(platformRow));
  const notes = status.notes.map((note) => element("li", "", note));
  for (const one of status.platforms) {
    if (one.error) notes.push(element("li", "bad", (one.error.includes(one.name) ? "" : one.name + ": ") + one.error + (one.remedy ? " " + one.remedy : "")));
  }
  $("notes").replaceChildren(...notes);
  if (status.paused) state("busy", "paused");
  else if (status.platforms.some((one) => one.error)) state("bad", "a platform is down");
  else if (!status.ready) state("busy", "reading everything for the first time");
  else if (left > 0) state("busy", "bringing records into step");
  else state("good", "in step");
}

async function poll() {
  if (token && !document.hidden) {
    try {
      const response = await ask("/v1/status");
      if (response.status === 401) askForToken();
      else if (response.ok) {
        show(await response.json());
        if (!following) follow();
      }
    } catch {
      state("bad", "the server does not answer");
    }
  }
  setTimeout(poll, POLL_MS);
}

// fetch rather than EventSource, which cannot send the token in a header
async function follow() {
  following = true;
  try {
    const response = await ask("/v1/changes");
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const events = (rest + value).split("\n\n");
      rest = events.pop();
      events.forEach(take);
    }
  } catch {
    // The next poll starts anew.
  }
  following = false;
}

function take(event) {
  const line = event.split("\n").find((one) => one.startsWith("data:"));
  if (line) showChange(JSON.parse(line.slice(5)));
}

const VERBS = {
  created: "was made", deleted: "was deleted", gone: "is gone",
  first_sight: "was seen first", joined: "joined", left: "left", refused: "was refused", contested: "is contested",
};

function showChange(change) {
  $("quiet").hidden = true;
  const row = element("li");
  const time = element("time", "", new Date(change.at).toLocaleTimeString("en-GB") + "." + change.at.slice(20, 23).padEnd(3, "0"));
  time.dateTime = change.at;
  row.append(time);
  row.append(element("b", "who", change.platform));
  const what = element("span", "what");
  const field = change.field || change.column;
  if (field) {
    const before = change.before ? change.before + " → " : "";
    what.append(field + " ", element("span", "from", before), element("b", "", change.after ?? "(blank)"));
  } else {
    what.append(`record ${change.key} ${VERBS[change.kind] ?? change.kind}`);
  }
  if (change.source_platform) what.append(element("span", "from", " from " + change.source_platform));
  row.append(what);
  row.append(element("span", "ms", change.took_ms >= 0 ? "+" + millis(change.took_ms) : ""));
  $("changes").prepend(row);
  while ($("changes").children.length > CHANGES_MOST) $("changes").lastChild.remove();
  if (change.took_ms >= 0) $("took").textContent = millis(change.took_ms);
}

$("sign-in-form").addEventListener("submit", (event) => {
  event.preventDefault();
  token = $("token").value.trim();
  sessionStorage.setItem("token", token);
  $("token").value = "";
});
addEventListener("hashchange", takeTokenFromLink);
takeTokenFromLink();
if (!token) askForToken();
poll();
