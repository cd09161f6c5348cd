// SPDX-License-Identifier: LGPL-2.1-or-later
// What settings are for, in Spanish. In English the daemon says it itself, and so it does of what is missing here.
export const spanish: Record<string, string> = {
  'server.address': 'Dónde escuchar: * es en todas las direcciones de esta máquina (IPv4 e IPv6), o una de ellas.',
  'server.port': '0 deja elegir al sistema; el registro dice cuál es.',
  'server.tls_certificate':
    'Un fichero PEM con un certificado, la cadena que le sigue y la clave: Relevo escucha entonces también por TLS, en la misma dirección. Se lee al arrancar. Vacío: sin TLS.',
  'server.tls_port': 'Dónde lo hace; 0 deja elegir al sistema.',
  'server.connections': 'Cuántas conexiones de clientes puede haber a la vez; los espectadores cuentan mientras ven.',
  'server.connections_per_address': 'Cuántas de ellas pueden venir de una dirección (un /64 de IPv6).',
  'server.trusted_proxies':
    'Direcciones y redes, como 192.168.1.2, 10.0.0.0/8, fd00::/8: proxies cuyo X-Forwarded-For (o Forwarded, donde falta) dice quién pregunta, y que pueden tener más conexiones que una dirección. De otros no significa nada.',
  'state.folder':
    'La carpeta de la base de datos, que se crea donde no está. Vacío: $STATE_DIRECTORY (systemd), o relevo en $XDG_STATE_HOME o ~/.local/state.',
  'access.local_programs':
    'Si los programas de esta máquina pueden hacerlo todo sin usuario: relevoctl, y las páginas que un navegador en ella recibe de este servidor. Un proxy no lo es donde dice por quién pregunta (X-Forwarded-For); para uno en esta máquina que no lo dice, debe ser no. yes o no.',
  'access.ui_networks': 'Desde dónde se puede entrar; desde dónde se aceptan claves de API; desde dónde se puede ver siquiera. Direcciones y redes.',
  'access.api_networks': 'Desde dónde se puede entrar; desde dónde se aceptan claves de API; desde dónde se puede ver siquiera. Direcciones y redes.',
  'access.stream_networks': 'Desde dónde se puede entrar; desde dónde se aceptan claves de API; desde dónde se puede ver siquiera. Direcciones y redes.',
  'access.open_networks':
    'Desde dónde se puede ver sin usuario ni token: esta máquina, y redes que ningún router pasa adelante. Vacío: desde ningún sitio. Quien viene por un proxy está allí solo donde uno de confianza lo dice.',
  'access.streams': 'Cuántas emisiones se pueden ver a la vez; 0: cualquier número. Los usuarios pueden tener límites propios.',
  'playback.linger': 'Durante cuántos segundos sigue un canal cuando se ha ido su último espectador: quien vuelve lo encuentra en marcha.',
  'playback.opening': 'Durante cuántos segundos espera un espectador la primera imagen, antes de que se le diga que ninguna fuente funciona.',
  'playback.provider_connections':
    'Cuántas conexiones a todos los proveedores juntos puede haber a la vez, permita lo que permita cada acceso. 0: cualquier número.',
  'playback.when_full':
    'Qué pasa con quien pide un canal mientras toda conexión que podría darlo está en uso y nadie hace sitio: refuse (estado 503 y el motivo), o wait: ve la carta de espera hasta que una queda libre.',
  'playback.wait_limit': 'Durante cuántos segundos espera como mucho.',
  'playback.preempt': 'Si los espectadores de menos prioridad (la de su usuario; 0 donde no hay) hacen sitio a los de más: yes o no.',
  'playback.neighbours':
    'Cuántos canales a cada lado de uno que se ve se abren de antemano, para que el zapping sea instantáneo: cada uno toma una conexión, mientras hay una libre. 0: ninguno.',
  'playback.stream_profile':
    'Cómo se leen las fuentes para las que nadie eligió un perfil: Proxy (por Relevo), Redirect (de ningún modo: los reproductores se envían al proveedor), FFmpeg, Streamlink, VLC, o el nombre de uno propio.',
  'playback.slate':
    'Qué ven los espectadores mientras ninguna fuente de un canal funciona: stock (una carta que viene con Relevo), none, o un fichero propio, un MPEG transport stream que se repite. Con none se rechaza a quien pide un canal sin fuente que funcione.',
  'fetch.allow_private':
    'De qué direcciones de su propia red o de esta máquina (192.168.1.5, 127.0.0.1 …) pueden venir listas, guías y fuentes. own: lo que usted mismo escribió puede estar allí; a donde llevan sus listas solo si la cuenta está allí también. always: lo que diga una lista, también ficheros de esta máquina. never: solo las de networks. Los secretos de una nube (169.254.169.254) y el propio relevod nunca se piden.',
  'fetch.networks':
    'Direcciones y redes, como 192.168.1.2, 10.0.0.0/8, a las que se puede conectar diga quien lo diga: un conversor de multicast de su red, por ejemplo.',
  'outputs.public_address':
    'La dirección bajo la que los reproductores llegan a este servidor, como https://tv.example/relevo, para lo que está detrás de un proxy. Vacío: aquella bajo la que cada uno pregunta.',
  'hdhomerun.discovery':
    'Relevo es un sintonizador HDHomeRun para Plex, Jellyfin, Emby, Channels DVR, Kodi y otros: http://DIRECCIÓN:PUERTO de este servidor. Si esos programas lo encuentran por sí mismos, y por UPnP. Solo se responde a quien puede ver sin usuario, y solo donde [server] escucha más allá de esta máquina. yes o no.',
  'hdhomerun.profiles': 'Perfiles de canales que son dispositivos propios, además del que tiene todos los canales: sus nombres, separados por comas.',
  'hdhomerun.ports':
    'Dónde responde este además del puerto de [server], hasta donde el sistema lo permite y nadie más está allí: algunos programas solo preguntan en el 80, y en el 5004 tienen esos dispositivos sus emisiones. Vacío: en ninguno.',
  'hdhomerun.device_port':
    'Dónde responde el primero de profiles, el siguiente en el puerto siguiente, y así; detrás de ellos lo que un dispositivo tiene más allá de 480 canales, que es todo lo que esos programas toman de uno. 0: no se encuentran.',
  'hdhomerun.tuners':
    'Cuántos canales a la vez pueden esperar los programas, 32 como mucho. 0: tantos como permiten las conexiones de todos los accesos.',
  'history.events': 'Lo que ha ocurrido se guarda: tantos sucesos, los más nuevos, y ninguno que tenga más de tantos días.',
  'history.days': 'Lo que ha ocurrido se guarda: tantos sucesos, los más nuevos, y ninguno que tenga más de tantos días.',
  'log.level': 'error, warning, info o debug; a relevod se le puede decir otro mientras está en marcha.',
  'log.file': 'Un fichero para el registro, en lugar de la salida de errores. Vacío: la salida de errores, que puede ser el diario de systemd.',
  'log.size': 'Un fichero que crecería más de tantos MiB recibe otro nombre (el suyo y .1), y empieza uno nuevo.',
  'log.keep': 'Cuántos ficheros más antiguos se quedan.',
};
