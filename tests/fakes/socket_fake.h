// A WebSocket server on loopback on which fakes of the platforms are built, with the faults that real servers have.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace osrbot::fakes {

/// Thread-safe; its handlers run on a thread of its own.
class SocketFake {
 public:
  using Connection = std::uint64_t;

  struct Handlers {
    /// With the path and query that were asked for. False: the handshake is refused.
    std::function<bool(Connection, const std::string& target)> opening;
    std::function<void(Connection)> opened;
    std::function<void(Connection, const std::string& text)> message;
    std::function<void(Connection)> closed;
    std::function<void(Connection)> ponged = nullptr;  ///< a ping was answered
  };

  /// Files in PEM, for wss.
  struct Identity {
    std::string certificate;
    std::string key;
  };

  explicit SocketFake(Handlers handlers);
  SocketFake(Handlers handlers, const Identity& identity);
  ~SocketFake();
  SocketFake(const SocketFake&) = delete;
  SocketFake& operator=(const SocketFake&) = delete;

  std::uint16_t port() const;

  /// Nothing happens when the connection is gone.
  void send(Connection to, const std::string& text);
  void send_binary(Connection to, const std::string& bytes);
  void ping(Connection to);
  /// In good order, with a close frame.
  void close(Connection to);
  /// Without a word.
  void cut(Connection to);
  /// From now on nothing is read from any connection and no new one is accepted, but all stay open: a peer that hangs.
  void hang();

 private:
  class Server;
  template <typename Config>
  class ServerOf;
  std::unique_ptr<Server> server_;
};

}  // namespace osrbot::fakes
