// Presentation mode by keyboard: steps, full screen, the way out; and the window's size, so that pictures fill it.
const kept = new WeakMap(); // host element → what its listeners know

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const host = parentElement.host ?? parentElement;
  const me = kept.get(host) ?? listening(host);
  if (me.data === undefined || me.data.number !== data.number) me.number = data.number;
  me.data = data;
  me.trigger = setTriggerValue;
  report(me);
  return () => {
    window.removeEventListener("keydown", me.onKey, true);
    window.removeEventListener("resize", me.onResize);
    clearTimeout(me.timer);
    kept.delete(host);
  };
}

function listening(host) {
  const me = {};
  me.onKey = (event) => pressed(me, event);
  me.onResize = () => {
    clearTimeout(me.timer);
    me.timer = setTimeout(() => report(me), 250);
  };
  // caught on the way down: tables and charts have uses of their own for the arrow keys
  window.addEventListener("keydown", me.onKey, true);
  window.addEventListener("resize", me.onResize);
  kept.set(host, me);
  return me;
}

function pressed(me, event) {
  const target = event.composedPath()[0];
  const writing = target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  if (writing || event.ctrlKey || event.altKey || event.metaKey || document.querySelector('[role="dialog"]')) return;
  const last = me.data.count;
  const wanted = {
    ArrowRight: me.number + 1,
    PageDown: me.number + 1,
    ArrowLeft: me.number - 1,
    PageUp: me.number - 1,
    Home: 1,
    End: last,
  }[event.key];
  if (wanted !== undefined) {
    const step = Math.min(Math.max(wanted, 1), last);
    if (step !== me.number) {
      me.number = step; // a second press before the first is drawn goes one further
      me.trigger("step", step);
    }
  } else if (event.key === "Escape") {
    me.trigger("leave", true);
  } else if (event.key === "f" || event.key === "F") {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function report(me) {
  const size = `${window.innerWidth}x${window.innerHeight}`;
  if (size !== me.data.window && size !== me.asked) {
    me.asked = size;
    me.trigger("window", size);
  }
}
