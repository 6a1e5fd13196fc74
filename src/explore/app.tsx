/** @jsxImportSource react */
import { Box, Text, useApp, useInput } from "ink";
import { useEffect, useReducer } from "react";
import { frameOf } from "./frame/frame.js";
import { type Action, actionsOf } from "./keys/action.js";
import { reduce } from "./keys/reduce.js";
import { ansi, type Line } from "./line.js";
import type { Scene } from "./panes/index.js";
import type { Size, State } from "./state.js";

export interface AppProps {
  initial: State;
  scene: Scene;
  color: boolean;
  /** Writes the report and says what came of it. */
  save: (file: string) => Promise<string>;
  /** Tells of new sizes until the function that it gives is called. */
  onResize: (listener: (size: Size) => void) => () => void;
  /** Keys that are the terminal's own affair; true: it was one of them. */
  onKey: (key: string) => boolean;
}

/** Takes what somebody does to the state, and draws what becomes of it. Everything else is in `reduce` and `frameOf`. */
export function App({ initial, scene, color, save, onResize, onKey }: AppProps) {
  const [state, dispatch] = useReducer((now: State, action: Action) => reduce(now, action, scene), initial);
  const { exit } = useApp();
  useInput((input, key) => {
    for (const action of actionsOf(input, key))
      if (action.type !== "key" || !onKey(action.key)) dispatch(action);
  });
  useEffect(() => onResize((size) => dispatch({ type: "resize", size })), [onResize]);
  useEffect(() => {
    if (state.save !== undefined) void save(state.save).then((notice) => dispatch({ type: "told", notice }));
  }, [state.save, save]);
  useEffect(() => {
    if (state.over) exit();
  }, [state.over, exit]);
  return <Frame lines={frameOf(state, scene)} color={color} />;
}

function Frame({ lines, color }: { lines: readonly Line[]; color: boolean }) {
  return (
    <Box flexDirection="column">
      {lines.map((line, row) => (
        <Text key={row} wrap="truncate">
          {ansi(line, color) || " "}
        </Text>
      ))}
    </Box>
  );
}
