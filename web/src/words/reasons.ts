// SPDX-License-Identifier: LGPL-2.1-or-later
// The daemon's words for reasons and causes, as people say them.
import type {
  AccessReason,
  LeaveReason,
  RefreshCause,
  RefreshObjection,
  SessionCause,
  SlotLevel,
  SourceFailure,
  SourceReason,
} from '../api/schema';
import { defineMessages } from '../i18n';

/** Why a source was given up. */
export const failures = defineMessages<SourceFailure>(
  {
    refused: 'no connection',
    dns: 'its name has no address',
    status: 'it answered no success',
    'not-a-transport-stream': 'what comes is no transport stream',
    ended: 'it ended',
    truncated: 'it broke off',
    'slot-refused': 'no free connection',
    'slot-timeout': 'no free connection in time',
    'connect-timeout': 'no connection in time',
    'first-byte-timeout': 'no byte in time',
    'entry-timeout': 'no picture to begin with in time',
    stalled: 'no bytes any more',
    slow: 'behind real time',
    scrambled: 'it is scrambled',
    'no-video': 'sound without video',
    other: 'it failed',
  },
  {
    refused: 'sin conexión',
    dns: 'su nombre no tiene dirección',
    status: 'no respondió con éxito',
    'not-a-transport-stream': 'lo que llega no es un transport stream',
    ended: 'terminó',
    truncated: 'se cortó',
    'slot-refused': 'ninguna conexión libre',
    'slot-timeout': 'ninguna conexión libre a tiempo',
    'connect-timeout': 'sin conexión a tiempo',
    'first-byte-timeout': 'ningún byte a tiempo',
    'entry-timeout': 'ninguna imagen con la que empezar a tiempo',
    stalled: 'ya no llegan bytes',
    slow: 'por detrás del tiempo real',
    scrambled: 'está cifrada',
    'no-video': 'sonido sin vídeo',
    other: 'falló',
  },
);

/** The same with the figures that say most. */
export const measuredFailures = defineMessages(
  {
    status: 'HTTP status {status}',
    'slot-timeout': 'no free connection within {limit}',
    'connect-timeout': 'no connection within {limit}',
    'first-byte-timeout': 'no byte within {limit}',
    'entry-timeout': 'no picture to begin with within {limit}',
    stalled: 'no bytes for {measured}',
    slow: '{measured} behind real time',
  },
  {
    status: 'estado HTTP {status}',
    'slot-timeout': 'ninguna conexión libre en {limit}',
    'connect-timeout': 'sin conexión en {limit}',
    'first-byte-timeout': 'ningún byte en {limit}',
    'entry-timeout': 'ninguna imagen con la que empezar en {limit}',
    stalled: 'ningún byte durante {measured}',
    slow: '{measured} por detrás del tiempo real',
  },
);

/** Why a source is opened or switched to: the end of a sentence. */
export const reasons = defineMessages<SourceReason>(
  {
    start: '',
    failure: ': the one before failed',
    removal: ': the one before was taken out',
    user: ': somebody wished it',
    standby: ', to have it ready',
    return: ': it comes first, and works again',
  },
  {
    start: '',
    failure: ': la anterior falló',
    removal: ': se quitó la anterior',
    user: ': alguien lo quiso',
    standby: ', para tenerla lista',
    return: ': va primero, y vuelve a funcionar',
  },
);

/** Why a session was closed, or a viewer not let in. */
export const causes = defineMessages<SessionCause>(
  {
    unwatched: 'nobody watches any more',
    removed: 'the channel is gone',
    'room-made': 'to make room for another channel',
    stopped: 'stopped by hand',
    'no-source': 'no source works',
    'no-connection': 'no connection is free',
    failed: 'Relevo could not go on',
    'sent-away': 'sent away',
    misasked: 'what was asked for is not there',
  },
  {
    unwatched: 'ya no lo ve nadie',
    removed: 'el canal ya no existe',
    'room-made': 'para dejar sitio a otro canal',
    stopped: 'detenido a mano',
    'no-source': 'ninguna fuente funciona',
    'no-connection': 'ninguna conexión está libre',
    failed: 'Relevo no pudo seguir',
    'sent-away': 'expulsado',
    misasked: 'lo que se pidió no está',
  },
);

/** Why a viewer left. */
export const leavings = defineMessages<LeaveReason>(
  {
    removed: 'sent away',
    'hung-up': 'hung up',
    stalled: 'took nothing any more',
    ended: 'it ended',
    stopped: 'the channel stopped',
    failed: 'the connection failed',
    silent: 'asked for nothing any more',
    replaced: 'watches something else',
  },
  {
    removed: 'expulsado',
    'hung-up': 'colgó',
    stalled: 'dejó de recibir',
    ended: 'terminó',
    stopped: 'el canal se detuvo',
    failed: 'falló la conexión',
    silent: 'dejó de pedir',
    replaced: 've otra cosa',
  },
);

/** What has no connection left. */
export const levels = defineMessages<SlotLevel>(
  {
    login: 'the login has {taken} of {limit} connections in use',
    credentials: 'the login, which other accounts share, has {taken} of {limit} connections in use',
    account: 'the account has {taken} of {limit} connections in use',
    global: 'there are {taken} of {limit} connections in use',
  },
  {
    login: 'el acceso tiene {taken} de {limit} conexiones en uso',
    credentials: 'el acceso, que otras cuentas comparten, tiene {taken} de {limit} conexiones en uso',
    account: 'la cuenta tiene {taken} de {limit} conexiones en uso',
    global: 'hay {taken} de {limit} conexiones en uso',
  },
);

/** Why a login or a request was refused. */
export const accessReasons = defineMessages<AccessReason>(
  {
    network: 'not from that network',
    disabled: 'the user is disabled',
    role: 'the role does not allow it',
    origin: 'a page of another server asked',
    csrf: 'without the token of the session',
    'local-only': 'only on the machine itself',
    'login-needed': 'nobody had logged in',
    'wrong-credentials': 'name or password is wrong',
    'too-many-tries': 'too many tries',
  },
  {
    network: 'no desde esa red',
    disabled: 'el usuario está desactivado',
    role: 'el papel no lo permite',
    origin: 'lo pidió una página de otro servidor',
    csrf: 'sin el token de la sesión',
    'local-only': 'solo en la propia máquina',
    'login-needed': 'nadie había entrado',
    'wrong-credentials': 'el nombre o la contraseña no es correcto',
    'too-many-tries': 'demasiados intentos',
  },
);

/** Why a list or guide could not be had. */
export const setbacks = defineMessages<RefreshCause>(
  {
    address: 'its address leads nowhere',
    dns: 'the name of the server has no address',
    refused: 'no connection to the server',
    forbidden: 'its address leads where Relevo may not go',
    tls: 'no secure connection to the server',
    proxy: 'the proxy does not pass us on',
    timeout: 'the server took too long',
    'broke-off': 'the answer broke off',
    status: 'the server answered with HTTP status {status}',
    unavailable: 'the panel cannot answer now',
    login: 'the panel does not accept the login',
    'no-login': 'the account has no login',
    'no-list': 'no list was uploaded yet',
    file: 'the file cannot be read',
    disk: 'nothing can be written to the disk',
    unreadable: 'what came cannot be read',
    filter: 'a filter of the account is no regular expression, or takes too long',
    database: 'the database failed',
    cancelled: 'it was cancelled',
    other: 'the log tells why',
  },
  {
    address: 'su dirección no lleva a ninguna parte',
    dns: 'el nombre del servidor no tiene dirección',
    refused: 'sin conexión con el servidor',
    forbidden: 'su dirección lleva adonde Relevo no puede ir',
    tls: 'sin conexión segura con el servidor',
    proxy: 'el proxy no nos deja pasar',
    timeout: 'el servidor tardó demasiado',
    'broke-off': 'la respuesta se cortó',
    status: 'el servidor respondió con el estado HTTP {status}',
    unavailable: 'el panel no puede responder ahora',
    login: 'el panel no acepta el acceso',
    'no-login': 'la cuenta no tiene acceso',
    'no-list': 'aún no se subió ninguna lista',
    file: 'no se puede leer el fichero',
    disk: 'no se puede escribir en el disco',
    unreadable: 'lo que llegó no se puede leer',
    filter: 'un filtro de la cuenta no es una expresión regular, o tarda demasiado',
    database: 'falló la base de datos',
    cancelled: 'se canceló',
    other: 'el registro dice por qué',
  },
);

/** Why a list was not taken over. */
export const objections = defineMessages<RefreshObjection>(
  {
    empty: 'the list has nothing of a kind that was there: nothing was changed',
    shrunken: 'the list lacks {vanished} of {present} streams: nothing was changed',
    cut: 'the list breaks off inside an entry, and lacks {vanished} of {present} streams: nothing was changed',
  },
  {
    empty: 'la lista no tiene nada de una clase que había: no se cambió nada',
    shrunken: 'a la lista le faltan {vanished} de {present} flujos: no se cambió nada',
    cut: 'la lista se corta dentro de una entrada, y le faltan {vanished} de {present} flujos: no se cambió nada',
  },
);
