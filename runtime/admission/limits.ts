/** A QuickJS component has thirteen core modules; each has its own fuel and may have its own memory, so they are counted. */
export const MAX_CORE_MODULES = 24
