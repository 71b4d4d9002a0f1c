// What a host page and the figure in its frame say to each other: messages with the protocol's version,
// each of them checked before it is heeded. README.md has the table.

export const version = 1;

const longestLink = 16_384; // characters
const mostFields = 64;
const longestField = 4_096;

const isText = (value, most) => typeof value === "string" && value.length <= most;
const isScalar = (value) =>
  value === null || typeof value === "boolean" || Number.isFinite(value) || isText(value, longestField);

// Of this realm, as what comes in a message is.
const isPlain = (value) =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Fields by name: scalars, or lists and objects whose JSON is short. */
function areFields(value) {
  if (!isPlain(value)) return false;
  const entries = Object.entries(value);
  return entries.length <= mostFields && entries.every(([name, field]) => {
    if (!isText(name, 128)) return false;
    if (isScalar(field)) return true;
    try {
      return isText(JSON.stringify(field), longestField);
    } catch {
      return false; // it goes round in circles
    }
  });
}

/** What may be asked, by type: the other members, each with its check. */
const questions = {
  open: { link: (value) => isText(value, longestLink) },
  set: { fields: areFields },
  play: {}, pause: {}, step: {}, reset: {}, state: {}, screenshot: {},
};

const isId = (value) => Number.isSafeInteger(value) || isText(value, 64);

/** What is wrong with a question; undefined: nothing. Not for messages that aren't of this protocol. */
export function fault(message) {
  if (message.activationLab !== version) return `this frame speaks version ${version} of the protocol`;
  if (!isId(message.id)) return "“id” must be a whole number or a text of at most 64 characters";
  if (!isText(message.type, 16) || !Object.hasOwn(questions, message.type)) {
    return `“type” must be one of ${Object.keys(questions).join(", ")}`;
  }
  const members = questions[message.type];
  for (const name of Object.keys(message)) {
    if (!["activationLab", "id", "type", ...Object.keys(members)].includes(name)) return `“${name.slice(0, 64)}” is unknown`;
  }
  const wrong = Object.keys(members).find((name) => !members[name](message[name]));
  return wrong && `“${wrong}” is missing, too long, or of another type`;
}

/** Whether it is meant for this protocol at all; others share the channel. */
export const isOurs = (data) => isPlain(data) && Object.hasOwn(data, "activationLab");

export const say = (type, rest) => ({ activationLab: version, type, ...rest });
