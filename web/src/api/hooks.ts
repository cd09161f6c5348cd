// SPDX-License-Identifier: LGPL-2.1-or-later
// The API in components: what is shown is kept and asked again when it may have changed.
import { useMutation, useQuery, useQueryClient, type QueryClient, type UseQueryOptions } from '@tanstack/react-query';
import { useErrorText } from '../ui/errors';
import { notifications } from '@mantine/notifications';
import { ask, problemOf, type Arguments, type Asked, type Changing, type Gives, type Reading } from './client';

type Options<O extends Reading> = Omit<UseQueryOptions<Gives<O>>, 'queryKey' | 'queryFn'>;

interface Answer<O extends Reading> {
  readonly data: Gives<O> | undefined;
  readonly error: Error | null;
  readonly isFetching: boolean;
  readonly refetch: () => unknown;
}

/** What an operation gives, with options of TanStack Query: `data` is undefined until it is there. */
export function useAsk<O extends Reading>(operation: O, ...[asked, options]: [...Arguments<O>, options?: Options<O>]): Answer<O> {
  const wanted = asked as Asked<O> | undefined;
  const answer = useQuery<Gives<O>>({
    queryKey: keyOf(operation, wanted),
    queryFn: ({ signal }) => ask(operation, wanted, signal),
    ...(options as Options<O> | undefined),
  });
  // A component is drawn again for what it reads alone.
  return {
    get data() {
      return answer.data;
    },
    get error() {
      return problemOf(answer);
    },
    get isFetching() {
      return answer.isFetching;
    },
    refetch: answer.refetch,
  };
}

export function keyOf<O extends Reading>(operation: O, asked?: Asked<O>) {
  return [operation.slice('GET '.length), asked?.path ?? {}, asked?.query ?? {}];
}

/** All that was asked below these paths is asked again: `refresh(client, ['/api/v1/channels'])`. */
export function refresh(client: QueryClient, paths: readonly string[]) {
  return client.invalidateQueries({
    predicate: ({ queryKey }) => paths.some((path) => String(queryKey[0]).startsWith(path)),
  });
}

interface ChangeOptions<O extends Changing> {
  /** Paths of what is then asked again. */
  refreshes?: readonly string[];
  onDone?: (gives: Gives<O>, asked: Asked<O>) => void;
  /** Shown by the caller; else it is a notification. */
  onError?: (error: Error) => void;
  /** Changes of this name are made one behind the other, so that the last one holds. */
  inTurn?: string;
}

/** `const add = useChange('POST /api/v1/channels'); add.mutate({body: …})` */
export function useChange<O extends Changing>(operation: O, options: ChangeOptions<O> = {}) {
  const client = useQueryClient();
  const textOf = useErrorText();
  return useMutation<Gives<O>, Error, Asked<O>>({
    mutationFn: (asked) => ask(operation, asked),
    scope: options.inTurn === undefined ? undefined : { id: options.inTurn },
    onSuccess: async (gives, asked) => {
      options.onDone?.(gives, asked);
      if (options.refreshes) await refresh(client, options.refreshes);
    },
    onError: options.onError ?? ((error) => notifications.show({ color: 'red', message: textOf(error) })),
  });
}
