#include "tests/fakes/socket_fake.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include <websocketpp/config/asio.hpp>
#include <websocketpp/config/asio_no_tls.hpp>
#include <websocketpp/server.hpp>

namespace osrbot::fakes {

class SocketFake::Server {
 public:
  virtual ~Server() = default;
  virtual std::uint16_t port() const = 0;
  virtual void send(Connection to, const std::string& bytes, bool text) = 0;
  virtual void ping(Connection to) = 0;
  virtual void close(Connection to) = 0;
  virtual void cut(Connection to) = 0;
  virtual void hang() = 0;
};

namespace {

template <typename Config>
void identify(websocketpp::server<Config>&, const SocketFake::Identity&) {}

void identify(websocketpp::server<websocketpp::config::asio_tls>& endpoint, const SocketFake::Identity& identity) {
  endpoint.set_tls_init_handler([identity](const websocketpp::connection_hdl&) {
    auto context = websocketpp::lib::make_shared<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
    context->use_certificate_chain_file(identity.certificate);
    context->use_private_key_file(identity.key, boost::asio::ssl::context::pem);
    return context;
  });
}

}  // namespace

template <typename Config>
class SocketFake::ServerOf : public Server {
 public:
  using Endpoint = websocketpp::server<Config>;
  using Handle = websocketpp::connection_hdl;

  ServerOf(Handlers handlers, const Identity& identity) : handlers_(std::move(handlers)) {
    identify(endpoint_, identity);
    endpoint_.clear_access_channels(websocketpp::log::alevel::all);
    endpoint_.clear_error_channels(websocketpp::log::elevel::all);
    endpoint_.init_asio();
    endpoint_.set_reuse_addr(true);
    endpoint_.set_validate_handler([this](Handle handle) {
      const auto id = ++last_;
      connections_[id] = handle;
      ids_[handle] = id;
      const auto target = endpoint_.get_con_from_hdl(handle)->get_resource();
      return !handlers_.opening || handlers_.opening(id, target);
    });
    endpoint_.set_open_handler([this](Handle handle) {
      if (handlers_.opened) handlers_.opened(ids_[handle]);
    });
    endpoint_.set_message_handler([this](Handle handle, const typename Endpoint::message_ptr& message) {
      if (handlers_.message) handlers_.message(ids_[handle], message->get_payload());
    });
    endpoint_.set_pong_handler([this](Handle handle, const std::string&) {
      if (handlers_.ponged) handlers_.ponged(ids_[handle]);
    });
    const auto forget = [this](Handle handle) {
      const auto found = ids_.find(handle);
      if (found == ids_.end()) return;
      const auto id = found->second;
      ids_.erase(found);
      connections_.erase(id);
      if (handlers_.closed) handlers_.closed(id);
    };
    endpoint_.set_close_handler(forget);
    endpoint_.set_fail_handler(forget);
    endpoint_.listen(boost::asio::ip::tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
    boost::system::error_code error;
    port_ = endpoint_.get_local_endpoint(error).port();
    endpoint_.start_accept();
    thread_ = std::thread([this] { endpoint_.run(); });
  }

  ~ServerOf() override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      hanging_ = false;
      go_on_.notify_all();
    }
    endpoint_.get_io_service().stop();
    thread_.join();
  }

  std::uint16_t port() const override { return port_; }

  void send(Connection to, const std::string& bytes, bool text) override {
    with(to, [bytes, text](const auto& connection) {
      connection->send(bytes, text ? websocketpp::frame::opcode::text : websocketpp::frame::opcode::binary);
    });
  }
  void ping(Connection to) override {
    with(to, [](const auto& connection) { connection->ping("are you there?"); });
  }
  void close(Connection to) override {
    with(to, [](const auto& connection) { connection->close(websocketpp::close::status::going_away, "bye"); });
  }
  void cut(Connection to) override {
    with(to, [](const auto& connection) {
      boost::system::error_code error;
      connection->get_raw_socket().shutdown(boost::asio::ip::tcp::socket::shutdown_both, error);
      connection->get_raw_socket().close(error);
    });
  }

 private:
  template <typename Work>
  void post(Work work) {
    endpoint_.get_io_service().post(std::move(work));
  }

  template <typename Work>
  void with(Connection to, Work work) {
    post([this, to, work] {
      const auto found = connections_.find(to);
      if (found == connections_.end()) return;
      websocketpp::lib::error_code error;
      const auto connection = endpoint_.get_con_from_hdl(found->second, error);
      if (connection) work(connection);
    });
  }

 public:
  void hang() override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      hanging_ = true;
    }
    post([this] {
      std::unique_lock<std::mutex> lock(mutex_);
      go_on_.wait(lock, [this] { return !hanging_; });
    });
  }

 private:
  Handlers handlers_;
  Endpoint endpoint_;
  std::uint16_t port_ = 0;
  // Used on the server's thread only.
  Connection last_ = 0;
  std::map<Connection, Handle> connections_;
  std::map<Handle, Connection, std::owner_less<Handle>> ids_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable go_on_;
  bool hanging_ = false;

  std::thread thread_;
};

SocketFake::SocketFake(Handlers handlers)
    : server_(new ServerOf<websocketpp::config::asio>(std::move(handlers), Identity())) {}

SocketFake::SocketFake(Handlers handlers, const Identity& identity)
    : server_(new ServerOf<websocketpp::config::asio_tls>(std::move(handlers), identity)) {}

SocketFake::~SocketFake() = default;

std::uint16_t SocketFake::port() const {
  return server_->port();
}

void SocketFake::send(Connection to, const std::string& text) {
  server_->send(to, text, true);
}

void SocketFake::send_binary(Connection to, const std::string& bytes) {
  server_->send(to, bytes, false);
}

void SocketFake::ping(Connection to) {
  server_->ping(to);
}

void SocketFake::close(Connection to) {
  server_->close(to);
}

void SocketFake::cut(Connection to) {
  server_->cut(to);
}

void SocketFake::hang() {
  server_->hang();
}

}  // namespace osrbot::fakes
