// From a method and a path to the function that answers.
//
// A route is `{method, pattern, answer}`. A pattern's segment that begins with ":" stands for any one segment; `answer`
// gets the event and a record of those segments.

import { distinct } from "../core/lists.js";
import { methodNotAllowed, notFound } from "./responses.js";

const segmentsOf = (path) => path.split("/").filter((segment) => segment !== "");

export const get = (pattern, answer) => ({ method: "GET", pattern: segmentsOf(pattern), answer });

export const post = (pattern, answer) => ({ method: "POST", pattern: segmentsOf(pattern), answer });

export const dispatch = (routes, event) => {
  const path = segmentsOf(event.rawPath);
  const { method } = event.requestContext.http;
  const fitting = routes.flatMap((route) => {
    const found = parametersOf(route.pattern, path);
    return Option.isSome(found) ? [{ route, parameters: found.Some }] : [];
  });
  if (fitting.length === 0) return notFound(event);
  const chosen = Array.find(fitting, ({ route }) => route.method === method);
  if (Option.isSome(chosen)) return chosen.Some.route.answer(event, chosen.Some.parameters);
  return methodNotAllowed(event, distinct(fitting.map(({ route }) => route.method)).toSorted());
};

// `{Some: {code: "1000"}}` if the path fits the pattern.
const parametersOf = (pattern, path) => {
  const fits = pattern.length === path.length && pattern.every((part, index) => isName(part) || part === path[index]);
  if (!fits) return None;
  const named = pattern.flatMap((part, index) => (isName(part) ? [[part.slice(1), path[index]]] : []));
  return Some(Object.fromEntries(named));
};

const isName = (part) => part.startsWith(":");

// How a route is written in the list of them.
export const describe = ({ method, pattern }) => `${method} /${pattern.join("/")}`;
