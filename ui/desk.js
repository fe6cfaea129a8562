// Who sits at this window, and what they are typing: a reload or a lost connection loses neither.
const NAME = "resolution_watch_signer"; // of this window alone: another window may be somebody else's
const PAUSE = 4000; // ms without a key pressed after which what was typed is handed over to be kept
const kept = new WeakMap(); // host element → what its listener knows

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const host = parentElement.host ?? parentElement;
  if (data.who) remember(data.who);
  else if (data.forget) sessionStorage.removeItem(NAME);
  else if (sessionStorage.getItem(NAME)) setTriggerValue("known", sessionStorage.getItem(NAME));
  const me = kept.get(host) ?? listening(host);
  return () => {
    document.removeEventListener("input", me.onInput, true);
    clearTimeout(me.timer);
    kept.delete(host);
  };
}

function remember(who) {
  sessionStorage.setItem(NAME, who);
}

function listening(host) {
  const me = {};
  me.onInput = (event) => {
    const field = event.target;
    if (!field.matches?.('textarea, input[type="text"]:not([role="combobox"])')) return;
    clearTimeout(me.timer);
    // Streamlit takes over what is in a field when it is left: to say so does not move the cursor
    const left = new FocusEvent("focusout", { bubbles: true });
    me.timer = setTimeout(() => field.isConnected && field.dispatchEvent(left), PAUSE);
  };
  document.addEventListener("input", me.onInput, true);
  kept.set(host, me);
  return me;
}
